"""What Slack tells of: commands, shortcuts, messages, buttons. Each acknowledges once the job is kept, within a second.

Work that lasts goes through ``Edge.work``; what goes wrong ends in ``lifecycle``.
"""
