print("drydock-dev")
