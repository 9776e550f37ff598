using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Keys;

internal static class RunInputLabel
{
    /// <summary><c>customers@2</c> for a dataset version, <c>split-4</c> for what a run made.</summary>
    public static string Of(RunInput input)
    {
        if (input.Run is { } run)
            return run.ToString();
        var dataset = input.Source[(input.Source.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return input.DatasetNumber is { } number ? $"{dataset}@{number}" : dataset;
    }
}
