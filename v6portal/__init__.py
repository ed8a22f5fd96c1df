"""The V6 portal: the project around the apps initiatives, governance and followup."""
