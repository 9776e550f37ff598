using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Predictions.Compaction;
using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Keeping;

/// <summary>Sets damaged files aside, so that queries go on without them, and takes them back when they are whole again.</summary>
public sealed class FileQuarantine(StateFolder folder, SegmentManifest manifest, FileSwitch files, ILogger<FileQuarantine> logger)
{
    /// <summary>Sets a file aside; its rows are missing, and counted as such, from then on.</summary>
    /// <param name="path">As <c>fairlead fsck</c> names it, or from the project's folder on, or absolute.</param>
    /// <exception cref="FairleadException">NotFound; Conflict: the file is whole, or set aside already.</exception>
    public async Task<DamagedFile> SetAsideAsync(string path, CancellationToken cancellationToken)
    {
        using var hold = await files.EnterAsync(cancellationToken).ConfigureAwait(false);
        var file = await FindAsync(path, cancellationToken).ConfigureAwait(false);
        if (file.State == CompactedFileState.Quarantined)
            throw FairleadException.Conflict($"The file '{file.Path}' is set aside already; put a good copy in its place and restore it by 'fairlead predictions restore'.");
        var location = PredictionLayout.Location(folder.Predictions, file);
        if (file.Digest is { } digest && File.Exists(location) && ParquetFile.DigestOf(location) == digest)
            throw FairleadException.Conflict($"The file '{file.Path}' is whole: its bytes match their digest; only damaged files are set aside.");
        await manifest.SetStateAsync([file.Path], CompactedFileState.Quarantined, cancellationToken).ConfigureAwait(false);
        if (File.Exists(location))
            SetAside(folder, file, location);
        Log.Quarantined(logger, file.Path, file.Rows);
        return new DamagedFile(file.Path, "set aside", file.Rows);
    }

    /// <summary>Takes a file back whose bytes are those that were written: one that was mended in quarantine, or was put in its old place.</summary>
    /// <inheritdoc cref="SetAsideAsync" path="/param"/>
    /// <exception cref="FairleadException">NotFound: it is not set aside, or there is no such file; Damaged: its bytes are still others.</exception>
    public async Task<DamagedFile> RestoreAsync(string path, CancellationToken cancellationToken)
    {
        using var hold = await files.EnterAsync(cancellationToken).ConfigureAwait(false);
        var file = await FindAsync(path, cancellationToken).ConfigureAwait(false);
        if (file.State != CompactedFileState.Quarantined)
            throw FairleadException.Conflict($"The file '{file.Path}' is not set aside; 'fairlead fsck' says which are.");
        var place = Path.Combine(folder.Predictions, file.Path);
        if (!File.Exists(place) && File.Exists(AsidePath(folder, file)))
            Move(AsidePath(folder, file), place);
        if (!File.Exists(place))
            throw FairleadException.NotFound($"There is no file '{place}'; put a good copy there and try again.");
        if (file.Digest is { } digest && ParquetFile.DigestOf(place) != digest)
        {
            SetAside(folder, file, place);
            throw FairleadException.Damaged($"The bytes of '{file.Path}' do not match the digest '{digest}'; put a good copy in its place and try again.");
        }

        await manifest.SetStateAsync([file.Path], CompactedFileState.Listed, cancellationToken).ConfigureAwait(false);
        Log.Restored(logger, file.Path, file.Rows);
        return new DamagedFile(file.Path, "restored", file.Rows);
    }

    internal static void SetAside(StateFolder folder, CompactedFile file, string location) => Move(location, AsidePath(folder, file));

    private async Task<CompactedFile> FindAsync(string path, CancellationToken cancellationToken)
    {
        var listed = await manifest.ReadAsync(cancellationToken).ConfigureAwait(false);
        var full = Path.GetFullPath(path, folder.ProjectRoot);
        return listed.All.Find(file => file.State != CompactedFileState.Retired && (file.Path == path || Path.Combine(folder.Predictions, file.Path) == full))
            ?? throw FairleadException.NotFound($"The catalog knows no file '{path}' of predictions; 'fairlead fsck' names them.");
    }

    private static string AsidePath(StateFolder folder, CompactedFile file) => Path.Combine(folder.Predictions, PredictionLayout.Quarantine, file.Path);

    private static void Move(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Move(from, to, overwrite: true);
    }
}
