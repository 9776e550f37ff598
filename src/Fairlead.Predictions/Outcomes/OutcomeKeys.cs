using System.Text;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;

namespace Fairlead.Predictions.Outcomes;

/// <summary>Knows how the outcomes of a service find its predictions: as its newest release says.</summary>
public sealed class OutcomeKeys(IReleaseCatalog releases, StateFolder folder)
{
    private const string UnitField = "unit";

    /// <exception cref="FairleadException">NotFound: no release has the service; Invalid: it declares no key.</exception>
    internal async Task<ResolvedKey> FindAsync(string service, CancellationToken cancellationToken)
    {
        var all = await releases.ListAsync(int.MaxValue, cancellationToken).ConfigureAwait(false);
        var services = all.SelectMany(release => release.Services).ToList();
        var released = services.Find(candidate => candidate.Name == service)
            ?? throw FairleadException.NotFound($"No release has a service '{service}'; {NearestName.Hint(service, [.. services.Select(candidate => candidate.Name).Distinct()])}");
        var key = released.Outcome
            ?? throw FairleadException.Invalid($"The service '{service}' declares no key for its outcomes; add 'outcome: {{ key: unit, window: 7d }}' to it in the project file and release it, or post outcomes by prediction id.");
        return new ResolvedKey(
            Encoding.UTF8.GetBytes(service),
            key.Window.Ticks / TimeSpan.TicksPerMicrosecond,
            key.IsAboutEvery,
            released.Capture.Hash.Contains(UnitField, StringComparer.Ordinal) ? new CaptureHash(ReadKey(service)) : null);
    }

    private byte[] ReadKey(string service)
    {
        try
        {
            return File.ReadAllBytes(folder.CaptureKey);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw FairleadException.Conflict($"The units of the service '{service}' are recorded as hashes, and no prediction has been recorded yet; post the outcomes when there are some.");
        }
    }
}
