namespace Fairlead.Domain.Runs;

/// <summary>What somebody wrote about a run.</summary>
public sealed record RunNote(string Text, string By, DateTimeOffset At)
{
    public const int Longest = 4000;
}
