namespace Fairlead.Steps.Execution;

/// <summary>Binds a thread, and what it starts, to some of the processors that this process may use.</summary>
internal static unsafe class ProcessorBinding
{
    private const int MaskSize = 1024;

    /// <summary>To the first ones; where the system does not know this, nothing is bound.</summary>
    public static void BindThread(int count)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var mask = stackalloc byte[MaskSize];
        if (Libc.ReadProcessors(0, MaskSize, mask) < 0)
            return;
        for (var processor = 0; processor < MaskSize * 8; processor++)
        {
            var bit = (byte)(1 << (processor % 8));
            if ((mask[processor / 8] & bit) != 0 && --count < 0)
                mask[processor / 8] &= (byte)~bit;
        }

        _ = Libc.BindToProcessors(0, MaskSize, mask);
    }
}
