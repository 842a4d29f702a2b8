"""Files become core types: the knowledge, the rules, the prompts and a company's own documents."""
