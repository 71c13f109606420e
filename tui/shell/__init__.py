"""The frame around the tabs: header, tab bar, footer, help, palette, signals."""
