namespace Fairlead.Domain.Sweeps;

/// <summary>The seam to steps that are run many times with other parameters.</summary>
public interface ITrialGraphs
{
    /// <summary>Reads the project as it is now, once for all trials.</summary>
    /// <param name="steps">Names of steps; what they need belongs to the graph too.</param>
    /// <exception cref="Problems.FairleadException">What keeps any step from beginning: the project file, an unknown step, missing data, code or tools.</exception>
    Task<ITrialGraph> OpenAsync(IReadOnlyList<string> steps, string user, CancellationToken cancellationToken);
}
