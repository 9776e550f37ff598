namespace Fairlead.Conformance.Running;

/// <summary>What the program says to the one that started it. Never renumbered.</summary>
internal static class ExitCode
{
    public const int Passed = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Unreachable = 3;
}
