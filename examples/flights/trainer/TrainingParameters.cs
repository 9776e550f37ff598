using System.Text.Json;

namespace Trainer;

/// <summary>What the project file sets for this step.</summary>
/// <param name="L2">How strongly weights are pulled to zero: the penalty is <c>l2 / 2</c> times the sum of their squares. Above 0.</param>
/// <param name="Iterations">At most so many Newton steps; about 6 are enough.</param>
internal sealed record TrainingParameters(double L2, int Iterations)
{
    /// <exception cref="FormatException">A parameter is missing, of another type or out of range.</exception>
    public static TrainingParameters Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var l2 = Number(document.RootElement, "l2");
        var iterations = Number(document.RootElement, "iterations");
        if (!(l2 > 0))
            throw new FormatException($"The parameter 'l2' is '{l2}'; set a number above 0.");
        if (iterations is < 1 or > 1000 || iterations != Math.Floor(iterations))
            throw new FormatException($"The parameter 'iterations' is '{iterations}'; set a whole number from 1 to 1000.");
        return new TrainingParameters(l2, (int)iterations);
    }

    private static double Number(JsonElement parameters, string name) =>
        parameters.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble()
            : throw new FormatException($"The parameter '{name}' is missing or no number; set it under 'params' of the step.");
}
