namespace Fairlead.Monitoring.Kpis;

/// <summary>What a value is of.</summary>
/// <param name="Part">-1: the whole service; 0: a server group; from 1 on: a segment by the first, the second … expression.</param>
/// <param name="Name">Of the server group or segment.</param>
internal readonly record struct KpiTallyKey(string Environment, string Service, int Part, string Name) : IComparable<KpiTallyKey>
{
    public int CompareTo(KpiTallyKey other)
    {
        var byPart = Part.CompareTo(other.Part);
        if (byPart != 0)
            return byPart;
        var byEnvironment = string.CompareOrdinal(Environment, other.Environment);
        if (byEnvironment != 0)
            return byEnvironment;
        var byService = string.CompareOrdinal(Service, other.Service);
        return byService != 0 ? byService : string.CompareOrdinal(Name, other.Name);
    }
}
