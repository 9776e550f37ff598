using System.Security.Cryptography;
using System.Text;
using Fairlead.Domain.Problems;

namespace Fairlead.Triggers.Git;

/// <summary>Another repository, with a bare copy of it here.</summary>
/// <param name="mirrors">Folder of all copies.</param>
/// <param name="gates">One change of a copy at a time, by its folder.</param>
internal sealed class RemoteRepository(RemoteAccess access, string mirrors, GitProgram git, MirrorGates gates) : IGitRepository
{
    private static readonly TimeSpan AskLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FetchLimit = TimeSpan.FromMinutes(15);
    private const int NamedDigits = 32;

    public string Folder { get; } = Path.Combine(mirrors, Hash(access.Url));

    public bool MayHaveChanged() => true;

    public async Task<IReadOnlyDictionary<string, string>> ListAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(mirrors);
        var output = await RunAsync(mirrors, ["ls-remote", "--heads", "--tags", "--", access.Url], null, AskLimit, cancellationToken).ConfigureAwait(false);
        var refs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // The commit of an annotated tag comes after the tag, under its name with ^{}.
            if (line.Split('\t') is [var commit, var name])
                refs[name.EndsWith("^{}", StringComparison.Ordinal) ? name[..^3] : name] = commit;
        }

        return refs;
    }

    public async Task FetchAsync(IReadOnlyList<string> refs, CancellationToken cancellationToken)
    {
        using var held = await gates.EnterAsync(Folder, cancellationToken).ConfigureAwait(false);
        if (!File.Exists(Path.Combine(Folder, "HEAD")))
            await RunAsync(mirrors, ["init", "-q", "--bare", "--template=", Folder], null, AskLimit, cancellationToken).ConfigureAwait(false);
        if (refs.Count > 0)
        {
            // Under names of their own: a branch 'a/b' may come where 'a' was.
            var wanted = string.Concat(refs.Select(name => $"+{name}:refs/seen/{Hash(name)}\n"));
            await RunAsync(Folder, ["fetch", "-q", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--stdin", "--", access.Url], wanted, FetchLimit, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..NamedDigits];

    private async Task<string> RunAsync(string folder, IReadOnlyList<string> arguments, string? input, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var turn = await gates.EnterAsync(cancellationToken).ConfigureAwait(false);
        var (environment, secrets) = access.Open();
        var answer = await git.RunAsync(folder, arguments, input, environment, limit, cancellationToken).ConfigureAwait(false);
        return answer.ExitCode == 0
            ? answer.Output
            : throw FairleadException.Unavailable($"The repository '{access.Url}' cannot be read: {RemoteAccess.Hide(answer.Error.Replace('\n', ' '), secrets)}");
    }
}
