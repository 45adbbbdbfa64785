"""Pages of step 4: what people have said, combined lists, answers."""
