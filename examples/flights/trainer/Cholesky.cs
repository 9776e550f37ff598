namespace Trainer;

/// <summary>Solves symmetric positive definite systems of equations.</summary>
internal static class Cholesky
{
    /// <param name="matrix">n by n; only the lower triangle is read, and it is overwritten.</param>
    /// <param name="right">n values.</param>
    /// <returns>x with <c>matrix x = right</c>.</returns>
    public static double[] Solve(double[,] matrix, double[] right)
    {
        Factor(matrix, right.Length);
        var x = (double[])right.Clone();
        for (var i = 0; i < x.Length; i++)
        {
            for (var j = 0; j < i; j++)
                x[i] -= matrix[i, j] * x[j];
            x[i] /= matrix[i, i];
        }

        for (var i = x.Length - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < x.Length; j++)
                x[i] -= matrix[j, i] * x[j];
            x[i] /= matrix[i, i];
        }

        return x;
    }

    private static void Factor(double[,] matrix, int size)
    {
        for (var j = 0; j < size; j++)
        {
            for (var i = j; i < size; i++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++)
                    sum -= matrix[i, k] * matrix[j, k];
                matrix[i, j] = i == j ? Math.Sqrt(sum) : sum / matrix[j, j];
            }
        }
    }
}
