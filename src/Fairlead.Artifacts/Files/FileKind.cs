namespace Fairlead.Artifacts.Files;

internal enum FileKind
{
    Regular,
    Folder,

    /// <summary>A pipe, socket or device: reading it may never end, so the store refuses it.</summary>
    Other,
}
