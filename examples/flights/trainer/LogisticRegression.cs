namespace Trainer;

/// <summary>
/// Logistic regression with an L2 penalty on all weights but the intercept, by Newton's method. A flight touches six of the
/// few hundred weights, so a pass over the data fills the second derivatives quickly; a handful of passes reaches the
/// optimum, which is one and the same for any order of rows. Nothing is drawn at random.
/// </summary>
internal static class LogisticRegression
{
    private const double Converged = 1e-10;
    private const int MaxHalvings = 30;

    public static LogisticFit Fit(TrainingSet flights, TrainingParameters parameters, Action<string> report)
    {
        var weights = new Weights(flights);
        var values = new double[weights.Count];
        values[Weights.Intercept] = Math.Log((flights.LateShare + 1e-6) / (1 - flights.LateShare + 1e-6));
        var loss = Loss(flights, weights, values);
        var objective = loss + Penalty(values, parameters.L2);
        var iteration = 0;
        while (iteration < parameters.Iterations)
        {
            var step = NewtonStep(flights, weights, values, parameters.L2);
            var before = objective;
            (values, loss, objective) = Descend(flights, weights, values, step, loss, objective, parameters.L2);
            iteration++;
            report($"iteration {iteration}: log loss {loss / flights.Rows:F6}");
            if (before - objective <= Converged * before)
                break;
        }

        return new LogisticFit(weights, values, loss / flights.Rows, iteration);
    }

    private static double[] NewtonStep(TrainingSet flights, Weights weights, double[] values, double l2)
    {
        var gradient = new double[weights.Count];
        var curvature = new double[weights.Count, weights.Count];
        Span<int> positions = stackalloc int[Weights.PerFlight];
        Span<double> features = [1, 0, 1, 1, 1, 1];
        for (var row = 0; row < flights.Rows; row++)
        {
            weights.Locate(flights, row, positions);
            features[1] = flights.Distance[row] / LogisticFit.DistanceUnit;
            var probability = 1 / (1 + Math.Exp(-Score(values, positions, features)));
            var error = probability - (flights.Late[row] ? 1 : 0);
            var confidence = probability * (1 - probability);
            for (var i = 0; i < positions.Length; i++)
            {
                gradient[positions[i]] += error * features[i];
                for (var j = 0; j <= i; j++)
                    curvature[positions[i], positions[j]] += confidence * features[i] * features[j];
            }
        }

        for (var i = Weights.Intercept + 1; i < values.Length; i++)
        {
            gradient[i] += l2 * values[i];
            curvature[i, i] += l2;
        }

        return Cholesky.Solve(curvature, gradient);
    }

    /// <summary>Takes the step, or the largest half, quarter, … of it that lowers the objective.</summary>
    private static (double[] Values, double Loss, double Objective) Descend(
        TrainingSet flights, Weights weights, double[] values, double[] step, double loss, double objective, double l2)
    {
        var scale = 1.0;
        for (var halving = 0; halving < MaxHalvings; halving++, scale /= 2)
        {
            var candidate = new double[values.Length];
            for (var i = 0; i < values.Length; i++)
                candidate[i] = values[i] - scale * step[i];
            var candidateLoss = Loss(flights, weights, candidate);
            var candidateObjective = candidateLoss + Penalty(candidate, l2);
            if (candidateObjective < objective)
                return (candidate, candidateLoss, candidateObjective);
        }

        return (values, loss, objective);
    }

    /// <summary>Log loss, summed over the flights.</summary>
    private static double Loss(TrainingSet flights, Weights weights, double[] values)
    {
        Span<int> positions = stackalloc int[Weights.PerFlight];
        Span<double> features = [1, 0, 1, 1, 1, 1];
        var sum = 0.0;
        for (var row = 0; row < flights.Rows; row++)
        {
            weights.Locate(flights, row, positions);
            features[1] = flights.Distance[row] / LogisticFit.DistanceUnit;
            var score = Score(values, positions, features);
            var margin = flights.Late[row] ? score : -score;
            // ln(1 + e^-m), written so that neither end overflows.
            sum += Math.Max(-margin, 0) + Math.Log(1 + Math.Exp(-Math.Abs(margin)));
        }

        return sum;
    }

    private static double Penalty(double[] values, double l2)
    {
        var sum = 0.0;
        for (var i = Weights.Intercept + 1; i < values.Length; i++)
            sum += values[i] * values[i];
        return l2 / 2 * sum;
    }

    private static double Score(double[] values, ReadOnlySpan<int> positions, ReadOnlySpan<double> features)
    {
        var score = 0.0;
        for (var i = 0; i < positions.Length; i++)
            score += values[positions[i]] * features[i];
        return score;
    }
}
