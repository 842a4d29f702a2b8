"""What Teams tells of: messages, dialogs, buttons, installations. Each is answered within two seconds."""
