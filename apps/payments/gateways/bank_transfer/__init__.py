"""Bank transfers: instructions, the customer's proof, an admin's decision."""
