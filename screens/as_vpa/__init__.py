"""„Ansicht als VPA“ as a screen."""
