using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Contracts;

/// <summary>What kinds of changes break clients.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ContractRule>))]
public enum ContractRule
{
    /// <summary>The file's package has another name, and with it every service and message.</summary>
    PackageRenamed,

    ServiceRemoved,

    MethodRemoved,

    /// <summary>A method takes another message.</summary>
    MethodRequestChanged,

    /// <summary>A method gives another message.</summary>
    MethodResponseChanged,

    /// <summary>A side of a method became a stream or ceased to be one.</summary>
    MethodStreamingChanged,

    /// <summary>A method no longer promises that a call may be repeated.</summary>
    MethodIdempotencyWeakened,

    MessageRemoved,

    EnumRemoved,

    /// <summary>A field was removed and its number and name are not both reserved, or it was required.</summary>
    FieldRemoved,

    FieldRenumbered,

    FieldRenamed,

    /// <summary>Only the name in JSON changed.</summary>
    FieldJsonNameChanged,

    FieldRetyped,

    /// <summary>From one value to many, or back.</summary>
    FieldCardinalityChanged,

    /// <summary>It can no longer be told whether the field was set.</summary>
    FieldPresenceLost,

    /// <summary>Required became optional, or back.</summary>
    FieldRequiredChanged,

    /// <summary>A new field that old clients do not know is required.</summary>
    RequiredFieldAdded,

    /// <summary>The value that stands for a field that was not set.</summary>
    FieldDefaultChanged,

    /// <summary>A field moved into a oneof, out of it, or to another one.</summary>
    FieldOneofChanged,

    /// <summary>The same fields, another name of the oneof.</summary>
    OneofRenamed,

    /// <summary>A value was removed and its number and name are not both reserved.</summary>
    EnumValueRemoved,

    EnumValueRenumbered,

    EnumValueRenamed,

    /// <summary>Numbers that the enum does not name were kept and are dropped now, or the other way round.</summary>
    EnumOpennessChanged,

    /// <summary>A number or a name that was reserved may be given away again.</summary>
    ReservedRemoved,

    /// <summary>Numbers that were open to extensions no longer are.</summary>
    ExtensionRangeRemoved,
}
