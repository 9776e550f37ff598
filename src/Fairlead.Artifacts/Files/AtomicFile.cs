namespace Fairlead.Artifacts.Files;

/// <summary>Writes a small file so that readers and a power cut see the old or the new content, never a part.</summary>
internal static class AtomicFile
{
    /// <param name="temp">A free path on the same file system.</param>
    public static void Write(string path, ReadOnlySpan<byte> content, string temp)
    {
        try
        {
            using (var file = File.OpenHandle(temp, FileMode.CreateNew, FileAccess.Write))
            {
                RandomAccess.Write(file, content, 0);
                RandomAccess.FlushToDisk(file);
            }

            File.Move(temp, path, overwrite: true);
        }
        catch
        {
            File.Delete(temp);
            throw;
        }

        FolderFlush.Flush(Path.GetDirectoryName(path)!);
    }
}
