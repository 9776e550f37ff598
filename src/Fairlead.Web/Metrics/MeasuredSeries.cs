namespace Fairlead.Web.Metrics;

/// <summary>One instrument with one set of labels: a sum, and for a histogram how many fell between which bounds.</summary>
internal sealed class MeasuredSeries(string labels, IReadOnlyList<double>? bounds)
{
    private readonly Lock sync = new();
    private readonly long[] counts = new long[(bounds?.Count ?? 0) + 1];
    private double sum;

    public string Labels => labels;

    public void Record(double value)
    {
        var place = 0;
        while (place < counts.Length - 1 && value > bounds![place])
            place++;
        lock (sync)
        {
            sum += value;
            counts[place]++;
        }
    }

    public (double Sum, long[] Counts) Read()
    {
        lock (sync)
            return (sum, [.. counts]);
    }
}
