"""The three files: O-Team Kundenakte (internal), VPA Kundenakte (read by VPAs), VPA-Akte (internal)."""
