namespace NetworkGraph.Demo;

internal sealed record DemoCity(string Name, int HoursAhead, int Culture);

/// <summary>What people of an industry are called, do, and for whom.</summary>
internal sealed record DemoIndustry(
    string Name, string[] Roles, string[] Offers, string[] Audience, string[] Tags, string[] OrganisationWords);

/// <summary>The places and trades of the invented network, and how its organisations are named.</summary>
internal static class DemoTrades
{
    public static readonly DemoCity[] Cities =
    [
        new("Leeds", 0, 0), new("Hamburg", 1, 1), new("Lyon", 1, 2), new("Turin", 1, 3), new("Valencia", 1, 4), new("Porto", 0, 5),
        new("Kraków", 1, 6), new("Gothenburg", 1, 7), new("Thessaloniki", 2, 8), new("Izmir", 3, 9), new("Casablanca", 1, 10),
        new("Lagos", 1, 11), new("Nairobi", 3, 12), new("Bristol", 0, 13), new("Rotterdam", 1, 14), new("Dublin", 0, 0),
    ];

    public static readonly string[] Schools =
    [
        "Northbridge University", "Saint Alban School of Business", "Harbour Polytechnic", "Lakeside Institute of Technology",
        "Old Mill College", "Eastgate University", "Academy of Applied Arts", "Meridian Business School", "Riverside Medical School",
        "Institute of Public Affairs",
    ];

    public static readonly DemoIndustry[] Industries =
    [
        Industry("Software", "Software Engineer|Product Manager|Engineering Manager|UX Designer|Chief Technology Officer",
            "web applications|mobile apps|cloud migration|code audits|product discovery|integration",
                "start-ups|retailers|public sector|insurers",
            "open source|accessibility|platforms|devops|product", "Software|Labs|Systems|Digital"),
        Industry("Data and AI", "Data Scientist|Data Engineer|Analytics Lead|Machine Learning Engineer|Head of Data",
            "forecasting|data platforms|dashboards|model validation|data governance|text analysis",
                "insurers|hospitals|retailers|manufacturers",
            "statistics|privacy|machine learning|visualisation|ethics", "Analytics|Data|Insight|Intelligence"),
        Industry("Finance", "Financial Analyst|Controller|Investment Manager|Risk Officer|Chief Financial Officer",
            "fundraising advice|valuation|risk reviews|working capital|cash-flow planning|due diligence",
                "start-ups|family businesses|manufacturers|investors",
            "venture capital|sustainable finance|audit|fintech|controlling", "Capital|Partners|Finance|Invest"),
        Industry("Law", "Associate|Legal Counsel|Notary|Partner|General Counsel",
            "contracts|employment law|intellectual property|data protection|mergers|mediation",
                "start-ups|family businesses|hospitals|public sector",
            "compliance|privacy|arbitration|start-up law|labour", "Legal|Law|Advocates|Chambers"),
        Industry("Health", "Physician|Clinical Researcher|Hospital Manager|Nurse Lead|Medical Director",
            "clinical studies|telemedicine|patient training|quality audits|medical writing|screening",
                "hospitals|insurers|universities|non-profits",
            "public health|digital health|care|prevention|research", "Health|Clinic|Medical|Care"),
        Industry("Manufacturing", "Process Engineer|Plant Manager|Buyer|Quality Manager|Operations Director",
            "prototyping|precision parts|lean training|maintenance|automation|packaging",
                "manufacturers|retailers|energy suppliers|hospitals",
            "industry 4.0|robotics|supply chain|quality|materials", "Works|Industries|Engineering|Components"),
        Industry("Marketing", "Copywriter|Campaign Manager|Brand Strategist|Social Media Manager|Marketing Director",
            "brand strategy|campaigns|copywriting|market research|photography|trade-fair stands", "retailers|start-ups|non-profits|hotels",
            "branding|content|storytelling|b2b|video", "Studio|Media|Brand|Communications"),
        Industry("Consulting", "Consultant|Senior Consultant|Project Manager|Change Manager|Managing Partner",
            "strategy|process redesign|change management|interim management|project rescue|facilitation",
                "family businesses|manufacturers|public sector|insurers",
            "strategy|agile|leadership|transformation|facilitation", "Consulting|Advisors|Associates|Partners"),
        Industry("Human resources", "Recruiter|People Partner|Learning Designer|Coach|Head of People",
            "executive search|coaching|onboarding|team workshops|pay benchmarks|outplacement",
                "start-ups|manufacturers|hospitals|law firms",
            "talent|diversity|coaching|learning|new work", "People|Talent|Search|Coaching"),
        Industry("Energy", "Energy Consultant|Grid Engineer|Project Developer|Site Manager|Sustainability Director",
            "solar projects|energy audits|heat pumps|grid studies|carbon accounting|permits",
                "manufacturers|public sector|hotels|energy suppliers",
            "renewables|climate|circular economy|mobility|hydrogen", "Energy|Power|Solar|Grid"),
        Industry("Education", "Lecturer|Programme Manager|Researcher|Career Adviser|Dean",
            "executive courses|applied research|language training|mentoring programmes|e-learning|evaluation",
                "universities|public sector|start-ups|non-profits",
            "research|lifelong learning|mentoring|teaching|alumni", "Institute|Academy|College|Learning"),
        Industry("Hospitality and retail", "Store Manager|Event Manager|Buyer|Customer Experience Lead|Owner",
            "catering|event planning|shop design|loyalty programmes|guided tours|wholesale", "hotels|non-profits|law firms|retailers",
            "events|food|tourism|local business|e-commerce", "Trading|Hotels|Market|House"),
    ];

    private static readonly string[] s_fancies =
        ("Northlight Halden Rookwood Brightwater Kestrel Meridian Ostara Lindenhof Cobalt Silverbirch Tessera Albatros Juniper Highmoor "
            + "Saffron " +
         "Quillon Verdant Ironbridge Solstice Marlow Harrow Nimbus Falkner Briar Cascade Dovetail Ember Foxglove Granite Hearth Indigo "
             + "Jasper " +
         "Keystone Larkspur Mosaic Nettle Orchard Pinnacle Quarry Redwood Sable Thistle Umbra Vantage Willow Yarrow Zephyr Almond Beacon "
             + "Cedar").Split(' ');

    /// <summary>An invented name; the number makes it another one where a name has been taken.</summary>
    public static string OrganisationName(DemoIndustry industry, int again, DemoRandom random)
    {
        var word = random.Pick(industry.OrganisationWords);
        var first = random.Below(s_fancies.Length);
        var second = (first + 1 + random.Below(s_fancies.Length - 1)) % s_fancies.Length;
        var name = random.Below(4) switch
        {
            0 => $"{s_fancies[first]} & {s_fancies[second]}",
            1 => $"{s_fancies[first]} {s_fancies[second]} {word}",
            _ => $"{s_fancies[first]} {word}",
        };
        return again < 8 ? name : $"{name} {again}";
    }

    private static DemoIndustry Industry(string name, string roles, string offers, string audience, string tags, string words) =>
        new(name, roles.Split('|'), offers.Split('|'), audience.Split('|'), tags.Split('|'), words.Split('|'));
}
