"""Two engines that ask the same agents the same questions and get the same bits."""
