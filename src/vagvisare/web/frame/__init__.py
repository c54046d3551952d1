"""What every page of the workspace stands in: the way in, language, refusals, drawing, assets."""
