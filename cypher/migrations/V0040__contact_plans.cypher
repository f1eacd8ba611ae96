// Contact plans: what a member decided about keeping in touch with a person (docs/insights.md).
CREATE CONSTRAINT contact_plan_id IF NOT EXISTS FOR (p:ContactPlan) REQUIRE (p.network, p.id) IS UNIQUE;
