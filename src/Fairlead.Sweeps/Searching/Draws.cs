namespace Fairlead.Sweeps.Searching;

/// <summary>Random numbers that a seed and the number of a trial name for ever (SplitMix64), whatever the platform's generator becomes.</summary>
internal sealed class Draws(ulong seed, ulong stream)
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private ulong state = Mix(seed + Step) ^ Mix(stream * Step);

    /// <summary>From 0 up to, but without, 1.</summary>
    public double NextUnit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From 0 up to, but without, the bound.</summary>
    public int NextIndex(int bound) => (int)(NextUnit() * bound);

    /// <summary>Of the standard normal distribution.</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextUnit())) * Math.Cos(2 * Math.PI * NextUnit());

    public double[] NextPoint(int dimensions)
    {
        var point = new double[dimensions];
        for (var i = 0; i < dimensions; i++)
            point[i] = NextUnit();
        return point;
    }

    /// <summary>The numbers from 0 on in a random order.</summary>
    public int[] NextOrder(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var i = count - 1; i > 0; i--)
        {
            var other = NextIndex(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }

    private ulong Next() => Mix(state += Step);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
