"""Names of the invented people, companies and messages. Each is made up, or shared by millions of people."""

GIVEN_AND_FAMILY = (
    (
        "João Inês Duarte Mariana Tiago Leonor Gonçalo Catarina Afonso Matilde",
        "Carvalho Antunes Figueiredo Brandão Pacheco Magalhães Queirós Vilhena",
    ),
    (
        "Anke Jürgen Lieselotte Matthias Käthe Florian Heike Torsten",
        "Müller Böhm Kranz Vogelsang Schäfer Winkler Rößler Dietrich",
    ),
    (
        "Åse Bjørn Sigrid Torbjörn Maja Øyvind Freja Anders",
        "Ødegård Lindqvist Håkansson Nygaard Sørbø Bergström Kjær Dalgaard",
    ),
    (
        "Zofia Jakub Małgorzata Wojciech Agnieszka Krzysztof Hanna Bartosz",
        "Wójcik Zając Kamińska-Nowak Szymański Dąbrowa Lis Górski Pawlak",
    ),
    (
        "Élodie Benoît Margaux Thibault Solène François Maëlle Gaël",
        "Lefèvre Garnier Châtelain Rousselot Bessière Moreau Gauthier Noël",
    ),
    (
        "Ayşe Mehmet Zeynep Emre Gülşen Barış Selin Onur",
        "Şahin Özkan Aydın Çelik Korkmaz Güneş Aksoy Doğan",
    ),
    (
        "Layla Omar Yasmin Karim Salma Tariq Rania Bilal",
        "Mansour El-Sayed Khoury Benali Nasser Aziz Haddou Saleh",
    ),
    (
        "Aarav Meera Rohan Ananya Vikram Kavya Siddharth Nandini",
        "Iyer Deshpande Mukherjee Patel Chandran Reddy Bhatt Kulkarni",
    ),
    (
        "Xiaoming Yuting Haoran Meilin Zihan Jing Bowen Lan",
        "Wang Zhao Huang Zhou Sun Guo Tang Xu",
    ),
    (
        "Haruka Kenji Sakura Daichi Yui Takumi Aiko Ren",
        "Tanaka Kobayashi Matsumoto Ishikawa Mori Fujita Hasegawa Ono",
    ),
    (
        "Chiamaka Kofi Wanjiru Tunde Abena Sipho Amina Emeka",
        "Adeyemi Boateng Kamau Nwosu Dlamini Mutua Eze Owusu",
    ),
    (
        "Fiona Callum Rhiannon Declan Imogen Rory Bethan Hamish",
        "MacAllister O'Rourke Pritchard Gallagher Thistlewood Fenwick Ashdown Muir",
    ),
    (
        "Lucía Álvaro Begoña Íñigo Ximena Rubén Paloma Joaquín",
        "Muñoz Ibáñez Echeverría Peña Galván Rincón Urrutia Cárdenas",
    ),
    (
        "Linh Minh Thảo Quân Hương Đức Trang Bảo",
        "Nguyễn Trần Phạm Đặng Bùi Võ Hồ Đinh",
    ),
    ("Ольга Сергей Наталья Андрей", "Орлова Беляев Кузьмина Зайцев"),
    ("Ελένη Νίκος Μαρία Κώστας", "Παπαδάκη Βασιλείου Οικονόμου Ζέρβα"),
    ("静 伟 秀英 磊", "陈 刘 林 郭"),
    ("민준 서연 지훈 하은", "김 박 이 최"),
    ("ליאור נועה איתן", "כהן לוי מזרחי"),
)

COMPANIES = (
    *(
        "Cobalt Studio",
        "Larkspur Health",
        "Ironbridge Logistics",
        "Quayside Bank",
        "Mossfield Foods",
    ),
    *("Zephyr Mobility", "Copperline Telecom", "Juniper Row Publishing", "Saltmarsh Energy"),
    *(
        "Palisade Insurance",
        "Redfern Biotech",
        "Thornbury Legal",
        "Vantage Orchard",
        "Wrenfield Software",
    ),
    *("Harbourlight Films", "Ostrava Works", "Pinecrest Schools", "Silverbirch Capital"),
    *("Tallow & Finch", "Umbra Security", "Bluefin Charter", "Cedarwick Homes", "Drumlin Wind"),
    *("Everglow Lighting", "Foxglove Care", "Granary Labs", "Heronsgate Media", "Inkwell Games"),
    *("Kittiwake Air", "Lodestar Freight GmbH", "Marrow Street Kitchen", "Nightjar Audio S.A."),
    *(
        "Oakhollow Partners LLP",
        "Periwinkle Travel",
        "Quillon Systems, Inc.",
        "Rookery Analytics Ltd",
    ),
)

TITLES = (
    *("Product Manager", "Data Engineer", "Head of Operations", "Founder", "Account Director"),
    *("Research Scientist", "Finance Lead", "UX Designer", "Sales Manager", "Chief of Staff"),
    *("Software Engineer", "Procurement Manager", "Consultant", "Head of People", "Investor"),
    *("Partner", "Supply Chain Analyst", "Managing Director", "Policy Adviser", "Project Manager"),
)

SUBJECTS = (
    *(
        "Thursday's call",
        "Numbers for the review",
        "Draft agenda",
        "Sensor trial",
        "A small favour",
    ),
    *(
        "Dates in spring",
        "Notes from the visit",
        "Budget, once more",
        "The new data sheet",
        "Lunch?",
    ),
    *("Contract annex", "Slides for the board", "Port visit", "Follow-up", "Quick question"),
    *("Timetable", "Site survey", "Workshop room", "Press text", "Train times", "Next steps"),
)

LINES = (
    *("Short answer: yes. Details on Monday.", "Could you look at page two before we meet?"),
    *("Thank you, that settles it for me.", "The pilot runs until the end of the month."),
    *("I have moved it to the afternoon.", "Let us keep it to half an hour."),
    *("The second option looks better to me.", "They asked for one more week."),
    *("I will bring the printed copies.", "Good talk yesterday, here is what I noted."),
    *("The figures are the ones we agreed on.", "No hurry, next week is fine."),
    *("We are nearly there.", "Same place as last time?", "Both dates work for us."),
    *(
        "I have put the open points in one list.",
        "Agreed, go ahead.",
        "Let me check and come back to you.",
    ),
)
