using System.Collections.Frozen;
using System.Text;
using AnyAscii;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Importers.Csv;

/// <summary>Headings that people give the fields of an interaction, besides the fields' own names.</summary>
internal static class CsvHeadings
{
    private static readonly (InteractionField Field, string Names)[] s_names =
    [
        (InteractionField.Id, "id,messageid,interactionid,eventid,uid,guid,key,recordid,activityid"),
        (InteractionField.At, "at,date,when,time,timestamp,datetime,dateandtime,sentat,senton,sent,createdat,occurredat,activitydate,"
            + "startdate,start,datum,zeit,zeitpunkt,fecha,horodatage,quand,dateheure"),
        (InteractionField.From, "from,sender,source,author,who,actor,fromemail,senderemail,fromaddress,senderid,fromid,by,caller,von,"
            + "absender,de,expediteur,remitente,initiator,owner"),
        (InteractionField.To, "to,recipient,recipients,target,receiver,receivers,toemail,recipientemail,toaddress,recipientid,toid,"
            + "towards,contact,callee,an,empfanger,empfaenger,a,destinataire,destinataires,destinatario,para,participants,attendees"),
        (InteractionField.Kind, "kind,type,interactiontype,activitytype,activity,action,art,typ,tipo,category"),
        (InteractionField.Exchange, "exchange,exchangetype,whatmoved"),
        (InteractionField.Setting, "setting,context,circle"),
        (InteractionField.Channel, "channel,medium,via,kanal,canal,platform"),
        (InteractionField.Venue, "venue,place,location,event,where,ort,lieu,lugar,meetup,group"),
        (InteractionField.InReplyTo, "inreplyto,replyto,replytoid,parent,parentid,inresponseto"),
        (InteractionField.About, "about,regardingperson,referredperson,referred,aboutperson"),
        (InteractionField.Personalised, "personalised,personalized,personal,ispersonal"),
        (InteractionField.LengthSeconds, "lengthseconds,duration,durationseconds,length,seconds,callduration,dauer"),
    ];

    private static readonly FrozenDictionary<string, InteractionField> s_byName = s_names
        .SelectMany(n => n.Names.Split(',').Select(name => (Name: name, n.Field)))
        .ToFrozenDictionary(n => n.Name, n => n.Field, StringComparer.Ordinal);

    /// <summary>The field a heading is likely to mean, whatever its case, blanks and marks.</summary>
    public static bool TryFind(string heading, out InteractionField field) => s_byName.TryGetValue(Fold(heading), out field);

    /// <summary>Letters and digits alone, in lower case and without accents.</summary>
    public static string Fold(string heading)
    {
        var folded = new StringBuilder(heading.Length);
        foreach (var c in Ascii.IsValid(heading) ? heading : heading.Transliterate())
            if (char.IsLetterOrDigit(c)) folded.Append(char.ToLowerInvariant(c));
        return folded.ToString();
    }
}
