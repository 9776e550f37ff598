using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Delivery.Tests.Fakes;

/// <summary>Files of a project, by path.</summary>
internal sealed class FakeCode : IProjectCode
{
    public Dictionary<string, string> Files { get; } = [];

    public Task<ArtifactRef> StoreAsync(IReadOnlyList<string> paths, string subject, CancellationToken cancellationToken)
    {
        var blob = Samples.Blob(string.Join('\n', paths.Select(path => $"{path}: {Text(path, subject)}")));
        return Task.FromResult(blob with { Kind = ArtifactKind.Tree });
    }

    public Task<string> ReadTextAsync(string path, string subject, CancellationToken cancellationToken) => Task.FromResult(Text(path, subject));

    private string Text(string path, string subject) =>
        Files.TryGetValue(path, out var text) ? text : throw FairleadException.Invalid($"{subject} names '{path}', which does not exist.");
}
