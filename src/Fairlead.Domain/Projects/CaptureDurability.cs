namespace Fairlead.Domain.Projects;

/// <summary>When an answer may leave the host.</summary>
public enum CaptureDurability
{
    /// <summary>After its record is in the kernel's hands: survives a killed process, not a power cut.</summary>
    Relaxed,

    /// <summary>After its record is on the disk: survives a power cut.</summary>
    Acknowledged,
}
