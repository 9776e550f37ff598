namespace Fairlead.Steps.Execution.Limits;

/// <summary>For a step without limits, or one whose container holds it to them.</summary>
internal sealed class NoGroup(string mode) : LimitGroup
{
    public override string Mode => mode;

    public override bool NeedsWatching => false;

    public override LimitBreach? Look(int leader) => null;
}
