namespace Fairlead.OnnxRuntime;

/// <summary>Where the engine keeps one string of a tensor, for as long as it is not resized.</summary>
internal unsafe struct StringSlot
{
    public byte* Start;
    public int Length;
}
