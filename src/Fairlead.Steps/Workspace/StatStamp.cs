namespace Fairlead.Steps.Workspace;

/// <summary>What the file system says of a path without opening it: two equal ones mean that nobody wrote in between, unless it was within one tick of its clock.</summary>
/// <param name="ModifiedAt">Nanoseconds since 1970-01-01 UTC.</param>
/// <param name="ChangedAt">Of content, mode or links, which nobody can set; equal to <paramref name="ModifiedAt"/> where the platform does not tell.</param>
/// <param name="Mode">Kind and permissions; 0 when there is nothing at the path.</param>
internal readonly record struct StatStamp(long ModifiedAt, long ChangedAt, long Size, ulong Inode, uint Mode)
{
    private const uint KindMask = 0xF000;

    public bool IsThere => Mode != 0;

    public bool IsFolder => (Mode & KindMask) == 0x4000;

    public bool IsLink => (Mode & KindMask) == 0xA000;

    public long LatestAt => Math.Max(ModifiedAt, ChangedAt);
}
