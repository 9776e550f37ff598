using System.Text.Json.Nodes;
using Fairlead.Commands;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;

namespace Fairlead.Roles.Evidence;

/// <summary>Shows a judge the commits that the release has and what is live has not, with who wrote them.</summary>
internal sealed class CommitEvidence(ICommitLog log, IReleaseCatalog releases, IServerGroupCatalog groups, IWorkspace workspace) : IEvidenceSource
{
    private const int Most = 200;

    public string Name => "Commits";

    public async Task<IReadOnlyList<EvidenceSection>> CollectAsync(EvidenceRequest request, CancellationToken cancellationToken)
    {
        if (await Comparison.ReadAsync(request, releases, groups, cancellationToken) is not { } comparison)
            return [];
        var live = comparison.LiveReleases.Count > 0 ? await releases.FindAsync(comparison.LiveReleases[0], cancellationToken) : null;
        var commits = live?.Commit.Commit == comparison.Candidate.Commit.Commit ? []
            : await log.ListAsync(live?.Commit.Commit, comparison.Candidate.Commit.Commit, live is null ? 1 : Most, cancellationToken);
        var owner = (await workspace.ReadAsync(cancellationToken)).Project.Owner;
        string?[] notes =
        [
            live is null ? "Nothing is live there to compare with: the release's own commit." : $"Since release {live.Name}, {commits.Count}{(commits.Count == Most ? " or more" : "")} commit{(commits.Count == 1 ? "" : "s")}.",
            comparison.Candidate.Commit.IsDirty ? "The release was made with changes that were not committed." : null,
            owner is null ? null : $"The project's owner is {owner}.",
        ];
        return
        [
            new EvidenceSection(Name, EvidenceData.Table(commits.Select(commit => new JsonObject
            {
                ["commit"] = commit.Commit[..10], ["author"] = commit.Author, ["committed"] = PipelineText.Time(commit.At), ["subject"] = commit.Subject,
            })))
            {
                Note = string.Join(' ', notes.OfType<string>()),
                Authors = [.. commits.SelectMany(commit => new[] { commit.Author, commit.Email }).Append(comparison.Candidate.CreatedBy).Distinct(StringComparer.OrdinalIgnoreCase)],
            },
        ];
    }
}
