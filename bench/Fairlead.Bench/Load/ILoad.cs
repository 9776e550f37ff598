namespace Fairlead.Bench.Load;

/// <summary>Loads one server, or one engine, as hard as so many connections can.</summary>
internal interface ILoad
{
    /// <param name="duration">Whole seconds.</param>
    /// <exception cref="BenchException">A request failed: a number over failures says nothing.</exception>
    Task<LoadResult> RunAsync(int connections, TimeSpan duration, CancellationToken cancellationToken);
}
