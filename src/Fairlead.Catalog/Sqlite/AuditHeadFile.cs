using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;

namespace Fairlead.Catalog.Sqlite;

/// <summary>The file beside the catalog that says how far the audit log went, so that entries taken off its end are missed.</summary>
internal sealed class AuditHeadFile(string path)
{
    private const int Longest = 256;

    /// <summary>What this process wrote last.</summary>
    public AuditHead? Written { get; private set; }

    /// <summary>What the file says; null when there is none or it cannot be read.</summary>
    public AuditHead? Read()
    {
        try
        {
            using var file = new StreamReader(path);
            var text = new char[Longest];
            return AuditHead.Parse(new string(text, 0, file.ReadBlock(text)).Trim());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FairleadException)
        {
            return null;
        }
    }

    /// <summary>Replaces what the file says.</summary>
    public void Write(AuditHead head)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path + ".tmp", head + "\n");
            File.Move(path + ".tmp", path, overwrite: true);
            Written = head;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The entries are on the disk. A head that lags behind is right as far as it goes, and the next write brings it up.
        }
    }
}
