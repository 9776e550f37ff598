namespace Fairlead.Steps.Forecasting;

/// <summary>What running steps would do.</summary>
/// <param name="Steps">Each after what it needs; in a large graph those that would be executed come before those that are left out here.</param>
/// <param name="Omitted">Steps that are not in <paramref name="Steps"/>.</param>
public sealed record ForecastReport(int Execute, int Depends, int Cached, int Unwanted, IReadOnlyList<StepForecast> Steps, int Omitted)
{
    /// <param name="steps">All of them.</param>
    public static ForecastReport Of(IReadOnlyList<StepForecast> steps)
    {
        var shown = steps.Count <= RunReport.MostSentSteps
            ? steps
            : [.. steps.Select((step, index) => (step, index)).OrderBy(pair => RankOf(pair.step.Fate)).ThenBy(pair => pair.index).Take(RunReport.MostSentSteps).OrderBy(pair => pair.index).Select(pair => pair.step)];
        return new ForecastReport(Count(StepFate.Execute), Count(StepFate.Depends), Count(StepFate.Cached), Count(StepFate.Unwanted), shown, steps.Count - shown.Count);

        int Count(StepFate fate) => steps.Count(step => step.Fate == fate);
    }

    private static int RankOf(StepFate fate) => fate switch
    {
        StepFate.Execute => 0,
        StepFate.Depends => 1,
        StepFate.Unwanted => 2,
        _ => 3,
    };
}
