using Google.Protobuf.Reflection;

namespace Fairlead.Contracts.Schema;

/// <summary>What proto2, proto3 and the editions decide differently, as far as messages are read or compared.</summary>
internal readonly record struct Features(FeatureSet.Types.FieldPresence Presence, bool IsClosedEnum, bool IsDelimited)
{
    /// <summary>What a file begins with.</summary>
    public static Features Of(FileDescriptorProto file)
    {
        var start = file.Syntax switch
        {
            "proto3" => new Features(FeatureSet.Types.FieldPresence.Implicit, IsClosedEnum: false, IsDelimited: false),
            "editions" => new Features(FeatureSet.Types.FieldPresence.Explicit, IsClosedEnum: false, IsDelimited: false),
            _ => new Features(FeatureSet.Types.FieldPresence.Explicit, IsClosedEnum: true, IsDelimited: false),
        };
        return start.With(file.Options?.Features);
    }

    /// <summary>The same, with what a message, field or enum sets for itself.</summary>
    public Features With(FeatureSet? own)
    {
        if (own is null)
            return this;
        return new Features(
            own.HasFieldPresence ? own.FieldPresence : Presence,
            own.HasEnumType ? own.EnumType == FeatureSet.Types.EnumType.Closed : IsClosedEnum,
            own.HasMessageEncoding ? own.MessageEncoding == FeatureSet.Types.MessageEncoding.Delimited : IsDelimited);
    }
}
