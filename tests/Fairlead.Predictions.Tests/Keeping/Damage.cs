namespace Fairlead.Predictions.Tests.Keeping;

internal static class Damage
{
    /// <summary>Flips one bit of a file.</summary>
    public static void Flip(string path, long bit)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = bit / 8;
        var value = file.ReadByte();
        file.Position = bit / 8;
        file.WriteByte((byte)(value ^ (1 << (int)(bit % 8))));
    }
}
