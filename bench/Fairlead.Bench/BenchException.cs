namespace Fairlead.Bench;

/// <summary>Something could not be measured; the message says what and why.</summary>
internal sealed class BenchException(string message, bool isUsage = false) : Exception(message)
{
    /// <summary>True when the command line is at fault.</summary>
    public bool IsUsage { get; } = isUsage;
}
