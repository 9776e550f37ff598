using Fairlead.Artifacts;
using Fairlead.Bench.Processes;

namespace Fairlead.Bench.Storing;

/// <summary>Ways to keep a folder of files; each begins with an empty place.</summary>
internal sealed class Keepers(string folder, TimeProvider time)
{
    public const string Copy = "cp -r";
    public const string FlushedCopy = "cp -r, then sync";
    public const string Git = "git add";
    public const string Restic = "restic";
    public const string Store = "fairlead";
    private static readonly Dictionary<string, string> None = [];
    private static readonly Dictionary<string, string> Password = new() { ["RESTIC_PASSWORD"] = "bench" };

    public static readonly IReadOnlyList<string> Names = [Store, Copy, FlushedCopy, Git, Restic];

    /// <summary>Where the last one kept it.</summary>
    public string Place => Path.Combine(folder, "kept");

    /// <returns>What keeps the files, ready to begin.</returns>
    public async Task<Func<Task>> PrepareAsync(string name, StoredFiles files, CancellationToken cancellationToken)
    {
        if (Directory.Exists(Place))
            Directory.Delete(Place, recursive: true);
        switch (name)
        {
            case Copy:
                return () => Command.RunAsync("cp", ["-r", files.Folder, Place], folder, None, cancellationToken);
            case FlushedCopy:
                return async () =>
                {
                    await Command.RunAsync("cp", ["-r", files.Folder, Place], folder, None, cancellationToken);
                    await Command.RunAsync("sync", ["-f", Place], folder, None, cancellationToken);
                };
            case Git:
                await Command.RunAsync("git", ["init", "--quiet", "--bare", Place], folder, None, cancellationToken);
                return () => Command.RunAsync("git", ["--git-dir", Place, "--work-tree", files.Folder, "add", "--all", "."], files.Folder, None, cancellationToken);
            case Restic:
                await Command.RunAsync("restic", ["init", "--quiet", "--repo", Place], folder, Password, cancellationToken);
                return () => Command.RunAsync("restic", ["backup", "--quiet", "--no-cache", "--repo", Place, files.Folder], folder, Password, cancellationToken);
            default:
                var store = LocalArtifactStore.Open(Place, time);
                return async () =>
                {
                    using (store)
                        await store.PutAsync(files.Folder, cancellationToken);
                };
        }
    }
}
