namespace Fairlead.Bench.Storing;

/// <summary>Files to keep: seeded, and of bytes that nothing compresses, as trained models and Parquet are.</summary>
internal sealed record StoredFiles(string Name, string Folder, int Count, long Bytes)
{
    private const int LargestSmall = 8 << 10;
    private const int FilesInAFolder = 100;
    private const int Block = 8 << 20;

    public static StoredFiles Large(string folder, int count, long bytesEach)
    {
        Directory.CreateDirectory(folder);
        var block = new byte[Block];
        for (var i = 0; i < count; i++)
        {
            var random = new Random(i);
            using var file = File.OpenHandle(Path.Combine(folder, $"{i}.bin"), FileMode.Create, FileAccess.Write);
            for (var offset = 0L; offset < bytesEach; offset += Block)
            {
                random.NextBytes(block);
                RandomAccess.Write(file, block.AsSpan(0, (int)Math.Min(Block, bytesEach - offset)), offset);
            }
        }

        return new StoredFiles($"{count} files of {bytesEach >> 20} MiB", folder, count, count * bytesEach);
    }

    public static StoredFiles Small(string folder, int count)
    {
        var random = new Random(count);
        var bytes = 0L;
        for (var i = 0; i < count; i++)
        {
            var below = Path.Combine(folder, $"{i / FilesInAFolder}");
            if (i % FilesInAFolder == 0)
                Directory.CreateDirectory(below);
            var content = new byte[random.Next(1, LargestSmall)];
            random.NextBytes(content);
            File.WriteAllBytes(Path.Combine(below, $"{i}.bin"), content);
            bytes += content.Length;
        }

        return new StoredFiles($"{count:N0} files up to {LargestSmall >> 10} KiB", folder, count, bytes);
    }
}
