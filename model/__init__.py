"""The model: policy, people, enterprises, schools and money of one province."""
