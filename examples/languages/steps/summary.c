/* Count, mean, sample deviation and median of the numbers in a file, a line each. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* The numbers of the file, in memory that grows; ends the program when there is none left or the file is not readable. */
static double *read_all(const char *path, size_t *count)
{
    FILE *file = fopen(path, "r");
    if (!file) {
        perror(path);
        exit(1);
    }
    size_t room = 0;
    double *numbers = NULL, number;
    for (*count = 0; fscanf(file, "%lf", &number) == 1; numbers[(*count)++] = number) {
        if (*count < room)
            continue;
        room = room ? 2 * room : 1024;
        numbers = realloc(numbers, room * sizeof *numbers);
        if (!numbers) {
            perror("memory");
            exit(1);
        }
    }
    fclose(file);
    return numbers;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: summary SOURCE TARGET\n");
        return 2;
    }
    size_t count;
    double *numbers = read_all(argv[1], &count);
    if (count < 2) {
        fprintf(stderr, "%s: fewer than two numbers\n", argv[1]);
        return 1;
    }
    double sum = 0, squares = 0;
    for (size_t i = 0; i < count; i++)
        sum += numbers[i];
    double mean = sum / count;
    for (size_t i = 0; i < count; i++)
        squares += (numbers[i] - mean) * (numbers[i] - mean);
    qsort(numbers, count, sizeof *numbers, by_value);
    double median = count % 2 ? numbers[count / 2] : (numbers[count / 2 - 1] + numbers[count / 2]) / 2;

    FILE *target = fopen(argv[2], "w");
    if (!target || fprintf(target, "{\"count\": %zu, \"mean\": %.17g, \"deviation\": %.17g, \"median\": %.17g}\n",
                           count, mean, sqrt(squares / (count - 1)), median) < 0 || fclose(target) != 0) {
        perror(argv[2]);
        return 1;
    }
    free(numbers);
    return 0;
}
