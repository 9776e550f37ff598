using Fairlead.Domain.Artifacts;

namespace Fairlead.Domain.Runs;

/// <summary>The seam to runs of other machines: what one computed for a key, all may reuse.</summary>
public interface IRunExchange
{
    /// <summary>
    /// Asks the others for a run with that key. When there is one, its outputs are brought into the store, and it is recorded here
    /// as a run of its own that says where it comes from (<see cref="Run.Origin"/>).
    /// </summary>
    /// <param name="series">The series to record it in: the step as the project file names it.</param>
    /// <param name="begin">Makes the record of a run that begins here, from the id that was given to it.</param>
    /// <returns>The recorded run, which succeeded; null when nobody has one, nobody can be asked in time, or what came was not whole. Never a reason to fail.</returns>
    Task<Run?> FindAsync(string series, Digest key, Func<RunId, Run> begin, CancellationToken cancellationToken);

    /// <summary>Offers a run that succeeded to the others, in the background. Returns at once, and never fails.</summary>
    void Offer(Run run);
}
