using Fairlead.Steps.Forecasting;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Prints what a run would do.</summary>
internal static class ForecastPrinter
{
    /// <summary>Beyond so many steps those that need no execution are only counted.</summary>
    private const int MostCached = 50;

    public static void Print(IAnsiConsole console, ForecastReport forecast)
    {
        foreach (var step in forecast.Steps.Where(step => step.Fate != StepFate.Cached || forecast.Steps.Count <= MostCached))
            console.MarkupLineInterpolated($"{step.Step}: {Describe(step)}");
        if (forecast.Omitted > 0)
            console.MarkupLineInterpolated($"… and {forecast.Omitted} more");
        console.MarkupLineInterpolated($"{forecast.Execute} would run, {forecast.Depends} depend on what these make, {forecast.Cached} cached, {forecast.Unwanted} not wanted");
    }

    private static string Describe(StepForecast step) => step.Fate switch
    {
        StepFate.Execute => $"would run: {step.Reason}",
        StepFate.Depends => $"may run: {step.Reason}",
        _ => step.Fate == StepFate.Cached ? $"cached: {step.Reason}" : step.Reason,
    };
}
