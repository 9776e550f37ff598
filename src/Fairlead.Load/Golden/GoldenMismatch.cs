namespace Fairlead.Load.Golden;

/// <param name="Row">From 1, as in the data.</param>
/// <param name="Expected">As JSON.</param>
/// <param name="Answered">As JSON.</param>
public sealed record GoldenMismatch(int Row, string Output, string Expected, string Answered)
{
    public override string ToString() => $"row {Row}: '{Output}' is {Answered}, expected {Expected}";
}
