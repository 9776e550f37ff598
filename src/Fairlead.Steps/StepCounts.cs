namespace Fairlead.Steps;

/// <summary>How many steps came to what.</summary>
public sealed record StepCounts(int Executed, int Cached, int Failed, int Skipped, int Unwanted)
{
    public static StepCounts Of(IReadOnlyList<StepResult> steps)
    {
        var counts = new int[Enum.GetValues<StepOutcome>().Length];
        foreach (var step in steps)
            counts[(int)step.Outcome]++;
        return new StepCounts(
            counts[(int)StepOutcome.Executed], counts[(int)StepOutcome.Cached], counts[(int)StepOutcome.Failed], counts[(int)StepOutcome.Skipped], counts[(int)StepOutcome.Unwanted]);
    }
}
