"""How the world asks: words and shapes of answers, and exports brought in. The HTTP service joins here."""
