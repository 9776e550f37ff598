namespace Fairlead.Domain.Scheduling;

/// <summary>A time in which nothing is deployed, whatever the windows say.</summary>
/// <param name="Until">The first moment after it.</param>
/// <param name="Reason">For those who are refused.</param>
public sealed record Freeze(string Name, DateTimeOffset From, DateTimeOffset Until, string Reason)
{
    public bool Holds(DateTimeOffset moment) => moment >= From && moment < Until;
}
