def main():
    sum = 0
    i = 0
    while i < 5000000:
        if i % 3 == 0:
            sum += i
        else:
            sum -= 1
        i += 1
    print(sum)


main()
