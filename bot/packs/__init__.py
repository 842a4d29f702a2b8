"""Rule packs: what a team made of the shipped rules and touches, and its own, proposed by agents, approved by leads."""
